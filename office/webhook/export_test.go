package webhook

// Reachable is what the tests ask of addresses.
var Reachable = reachable
