// Command picture takes the picture of the README: pages of the demo as they are, at a desk and on a phone, in Chromium.
//
//	go run ./journey/picture DEMO PRINTED LANGUAGE OUT.png     // DEMO: the folder that `anlan demo` made; PRINTED: what it printed
//
// docs/picture/make calls it. It signs in as people do, by the passwords that the demo prints. May import everything; nothing imports it.
package main
