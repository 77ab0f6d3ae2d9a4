// Package notice is the kind of what the bureau tells the public of (公开信息): warnings that it passes on, disasters, advice.
//
//	draft ─ issue (by another person) ─▶ issued ─ lift (with the reason) ─▶ lifted
//
// A notice is shown to the public as it was issued: what stands in it cannot be changed then. It is lifted, with the reason in public, and
// another one issued. A warning of the weather, of floods or of landslides is passed on and never made by the bureau: whose it is stands in it
// (气象法, 防洪法, 地质灾害防治条例 say who may issue). It moves nobody by itself: calling people out is 叫应, and commanding is the response.
// A wing package: imports the record floor and below.
package notice
