// Package browser takes people through their day in a real browser (Chromium): what they see, type and press, on a desk and on
// a phone, in both languages. It holds tests only.
//
//	go test ./journey/browser                                        // skipped, loudly, where Chromium is not installed
//	ANLAN_PICTURES=/tmp/pictures go test ./journey/browser -run Clerk     // a picture of every step is kept there
//
// A small book is founded once; each journey has a copy of it, served by face/web at an address of its own, and a browser of its own.
// On every page it fails for what the console says, for a request to anywhere else, for what the Content-Security-Policy forbids, for an
// uncaught exception, for a status from 500 on, for a page wider than its window, and for what axe-core finds. axe-core is not ours: it
// comes by `npm ci` in tools/browser, and is left out, loudly, where that was not run.
//
// A journey says what a person does (open, press, fill, key) and what must be seen; it waits for conditions and never for time.
// May import everything; nothing imports it.
package browser
