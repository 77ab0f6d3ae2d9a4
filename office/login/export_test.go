package login

// TOTP is the code of a step, as an authenticator shows it.
var TOTP = totp
