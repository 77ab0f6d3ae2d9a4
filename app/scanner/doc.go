// Package scanner lets a virus scanner (病毒扫描) look at what is uploaded before it is kept.
//
// It speaks to clamd, the daemon of ClamAV, and to what speaks as it does (INSTREAM): the bytes go over a socket in pieces, each behind its
// length, and one line comes back.
//
//	zINSTREAM\0  00000044 X5O!P%@AP…  00000000        →  stream: Eicar-Signature FOUND\0
//
//	s, err := scanner.At("unix:/run/clamav/clamd.ctl")
//	err = s.Scan(ctx, "通知.doc", file)              // ErrFound: 没有接收“通知.doc”：病毒扫描发现Eicar-Signature
//
// A scanner that is away, or says anything but that a file is in order, lets nothing in: ErrAway. The zero Scanner is none, and lets all in;
// that is for whoever has no scanner, and `serve` says so by its options.
//
// What a file is, who may send it and how large it may be is decided by whoever takes it. On the floor of app: imports ground; the faces ask it
// for each file that comes in.
package scanner
