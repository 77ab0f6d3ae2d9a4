// Package journey takes the whole program through what happens to it in an office: real processes, real databases, real
// ends. It holds tests only.
//
//	go test ./journey                          // five rounds of each database
//	go test ./journey -run Kill -rounds 100    // as often as one likes
//
// A program that keeps records is killed in the middle of an import: the power goes, an administrator ends the wrong
// process. The kill test starts the program as a child, lets it import in a loop, kills it (SIGKILL, which it cannot see
// coming) at a random moment, and then lets the shipped verifiers judge what stands: nothing that was acknowledged is lost,
// nothing half-written stays, and the next process goes on from there. The seed of the moments is printed.
//
// A server is restarted: the restart test holds the socket as systemd does, asks all the while, and lets one process end
// and the next begin. Nobody is refused, and what was under way is answered. Slow clients are cut off and hold nobody up.
// Hostile texts are planted in every text of every registered kind, and each door is asked for them: what was taken is shown
// unchanged and does nothing (inert_test.go).
// May import everything; nothing imports it.
package journey
