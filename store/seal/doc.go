// Package seal keeps what must be read again and known to nobody else (封存): it seals small secrets with a key of the machine, so that whoever
// has the tables alone has nothing of them.
//
//	key, err := seal.Load(rand.Reader, "…/keys/sign-in.key")       // made at first need, readable by its owner only
//	kept, err := key.Seal("totp", user.String(), secret)
//	secret, err := key.Open("totp", user.String(), kept)           // ErrForeign for another purpose, owner or key, or a changed byte
//
// A sealed value is AES-256-GCM under a key of its purpose (HKDF-SHA-256 of the machine's key), with a random nonce before it; what it is about
// is bound to it, so that a value moved to another row does not open. What need not be read again (passwords, tokens, codes) is not sealed but
// hashed, where it is kept. Not here: the key that signs the journal (store/journal). On the store floor; anybody above may import it.
package seal
