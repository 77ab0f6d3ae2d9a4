// Package webhook tells other systems what happened in a book (回调): a POST for each change that a hook asks for, signed, and sent again
// until it is taken.
//
//	hooks := webhook.New(b, clock, rand.Reader, key)
//	secret, err := hooks.NewSecret(ctx, actor, hook)   // from now on what happens is sent
//	did, err := hooks.Step(ctx)                        // looks for what happened, sends what is due
//	hooks.Run(ctx, stirred, log)                       // Step, until ctx ends
//
// A hook (回调) is a record: where to, of which kind and which actions, how much of the record. Only an administrator writes hooks, and a
// hook tells what happens in its unit and the units under it. What is sent are entries of the journal from the one after the secret was
// made: so nothing is sent that was not committed, and nothing that was goes unsent, whatever process was killed when. It is sent at least
// once, and not always in order: the receiver knows it again by webhook-id, and the order by position. The form is that of Standard
// Webhooks (webhook-id, webhook-timestamp, webhook-signature: v1 and HMAC-SHA256 of id.timestamp.body).
//
// The content never has more in it than the clearance of the hook, which is internal at most: values of persons do not leave by themselves.
// Whoever needs them asks the API, where it is journalled who asked.
//
// What is not taken is sent again after longer and longer waits, ten times in some three days, and then is a dead letter (死信): listed,
// and sent again when somebody says so. Waits and letters stand in tables, so a restart forgets none; like what people sign in by, they and
// the secrets are neither journalled nor exported nor backed up. A secret is sealed by the key of the machine, as those of second factors are
// (package seal), and bound to its hook.
//
// A hook leads nowhere inside by accident: addresses of the machine itself and of private networks are refused when the connection is
// made, but for the host that the hook itself names as its own; redirects are not followed. A wing package: imports the record floor and below.
package webhook
