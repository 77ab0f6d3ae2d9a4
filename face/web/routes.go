package web

import "anlan/office/intake"

// audience is who may ask for an address.
type audience int

const (
	anyone   audience = iota // the public too
	signedIn                 // whoever is signed in; which records is the book's question
	changing                 // whoever is signed in, also with a password that has to be changed
	watching                 // whoever is signed in; that a page asks by itself keeps no session alive
)

// route is one address with who may ask for it.
type route struct {
	pattern string
	who     audience
	do      func(*Server, *visit) error
	body    int64 // bytes that may be sent; 0: formBytesMax
}

// uploadBytesMax bounds what a form with files sends.
const uploadBytesMax = 64 << 20

// importBytesMax bounds what a form with a sheet sends.
const importBytesMax = intake.BytesMax + formBytesMax

// routes are all addresses of the pages.
var routes = []route{
	{"GET /{$}", anyone, (*Server).front, 0},
	{"POST /language", anyone, (*Server).chooseLanguage, 0},

	{"GET /worker.js", anyone, (*Server).worker, 0},
	{"GET /manifest.webmanifest", anyone, (*Server).manifest, 0},
	{"POST /share", anyone, (*Server).share, 0},
	{"GET /offline", anyone, (*Server).offline, 0},

	{"GET /sign-in", anyone, (*Server).signInPage, 0},
	{"POST /sign-in", anyone, (*Server).signIn, 0},
	{"GET /sign-in/passkey", anyone, (*Server).askPasskey, 0},
	{"POST /sign-in/passkey", anyone, (*Server).signInByPasskey, 0},
	{"POST " + identityPath, anyone, (*Server).identity, 0},
	{"GET " + identityBack, anyone, (*Server).identityReturns, 0},
	{"GET " + identityOut, anyone, (*Server).leaveProvider, 0},
	{"POST /sign-out", changing, (*Server).signOut, 0},
	{"GET /account", signedIn, (*Server).account, 0},
	{"GET /account/password", changing, (*Server).passwordPage, 0},
	{"POST /account/password", changing, (*Server).changePassword, 0},
	{"POST /account/second-factor", signedIn, (*Server).secondFactor, 0},
	{"POST /account/recovery", signedIn, (*Server).renewRecovery, 0},
	{"POST /account/passkeys", signedIn, (*Server).beginPasskey, 0},
	{"POST /account/passkeys/new", signedIn, (*Server).keepPasskey, 0},
	{"POST /account/passkeys/rename", signedIn, (*Server).renamePasskey, 0},
	{"POST /account/passkeys/drop", signedIn, (*Server).dropPasskey, 0},
	{"POST /account/identity", signedIn, (*Server).linkIdentity, 0},
	{"GET /account/identity/confirm", signedIn, (*Server).proveIdentity, 0},
	{"POST /account/identity/drop", signedIn, (*Server).unlinkIdentity, 0},
	{"POST /account/confirm", signedIn, (*Server).confirmed, 0},
	{"POST /account/sessions/end", signedIn, (*Server).endSession, 0},
	{"POST /account/acting", signedIn, (*Server).actFor, 0},
	{"GET /account/tokens", signedIn, (*Server).tokens, 0},
	{"POST /account/tokens", signedIn, (*Server).issueToken, 0},
	{"POST /account/tokens/revoke", signedIn, (*Server).revokeToken, 0},

	{"GET /webhooks", signedIn, (*Server).webhooks, 0},
	{"POST /webhooks/secret", signedIn, (*Server).newSecret, 0},
	{"POST /webhooks/resend", signedIn, (*Server).resend, 0},

	{"GET /outbox", signedIn, (*Server).outbox, 0},
	{"GET /today", signedIn, (*Server).today, 0},
	{"GET /overview", signedIn, (*Server).overview, 0},
	{"GET /live", watching, (*Server).live, 0},
	{"GET /wings/{wing}", signedIn, (*Server).wing, 0},
	{"GET /records/{kind}", signedIn, (*Server).list, 0},
	{"GET /records/{kind}/filter", signedIn, (*Server).addFilter, 0},
	{"GET /records/{kind}/export", signedIn, (*Server).export, 0},
	{"POST /records/{kind}/export", signedIn, (*Server).exportWhole, 0},
	{"GET /records/{kind}/new", signedIn, (*Server).newForm, 0},
	{"POST /records/{kind}/new", signedIn, (*Server).create, uploadBytesMax},
	{"POST /records/{kind}/views", signedIn, (*Server).saveView, 0},
	{"POST /views/{id}", signedIn, (*Server).changeView, 0},
	{"POST /records/{kind}/{id}/comments", signedIn, (*Server).say, 0},
	{"POST /comments/{id}", signedIn, (*Server).sayOtherwise, 0},
	{"GET /records/asset/labels", signedIn, (*Server).labels, 0},
	{"GET /cards", signedIn, (*Server).cards, 0},
	{"GET /records/{kind}/withdrawn", signedIn, (*Server).withdrawn, 0},
	{"GET /records/{kind}/bulk", signedIn, (*Server).chooseStep, 0},
	{"POST /records/{kind}/bulk", signedIn, (*Server).takeStep, 0},
	{"GET /records/{kind}/{id}", signedIn, (*Server).show, 0},
	{"GET /records/{kind}/{id}/edit", signedIn, (*Server).editForm, 0},
	{"POST /records/{kind}/{id}/edit", signedIn, (*Server).edit, uploadBytesMax},
	{"POST /records/{kind}/{id}/step", signedIn, (*Server).step, 0},
	{"POST /records/{kind}/{id}/unmask", signedIn, (*Server).unmask, 0},
	{"GET /records/{kind}/{id}/proof", signedIn, (*Server).proof, 0},
	{"GET /records/{kind}/{id}/files/{field}/{n}", signedIn, (*Server).file, 0},
	{"GET /choose/{kind}", signedIn, (*Server).choose, 0},

	{"GET /records/{kind}/template", signedIn, (*Server).template, 0},
	{"GET /import/{kind}", signedIn, (*Server).importing, 0},
	{"POST /import/{kind}", signedIn, (*Server).uploadSheet, importBytesMax},
	{"GET /import/{kind}/{draft}", signedIn, (*Server).checkImport, 0},
	{"GET /import/{kind}/{draft}/columns", signedIn, (*Server).importColumns, 0},
	{"POST /import/{kind}/{draft}/columns", signedIn, (*Server).sayColumns, 0},
	{"POST /import/{kind}/{draft}/corrections", signedIn, (*Server).correctImport, 0},
	{"GET /import/{kind}/{draft}/refused", signedIn, (*Server).refusedRows, 0},
	{"POST /import/{kind}/{draft}/write", signedIn, (*Server).writeImport, 0},
	{"POST /import/{kind}/{draft}/drop", signedIn, (*Server).dropImport, 0},

	{"GET /imports/{run}/undo", signedIn, (*Server).undoing, 0},
	{"POST /imports/{run}/undo", signedIn, (*Server).undo, 0},

	{"GET /users/{id}", signedIn, (*Server).user, 0},
	{"POST /users/{id}/password", signedIn, (*Server).firstPassword, 0},
	{"POST /users/{id}/second-factor/off", signedIn, (*Server).dropFactor, 0},
	{"POST /users/{id}/identity/drop", signedIn, (*Server).unlinkOf, 0},
	{"POST /users/{id}/sessions/end", signedIn, (*Server).endSessions, 0},
	{"GET /rights", signedIn, (*Server).rights, 0},
	{"GET /checkup", signedIn, (*Server).checkup, 0},
	{"GET /settings", signedIn, (*Server).settings, 0},
	{"GET /settings/schemes", signedIn, (*Server).schemes, 0},
	{"POST /settings/schemes", signedIn, (*Server).uploadScheme, importBytesMax},
	{"GET /settings/schemes/compare", signedIn, (*Server).compareSchemes, 0},
	{"GET /settings/schemes/{name}", signedIn, (*Server).scheme, 0},
	{"GET /settings/schemes/{name}/file", signedIn, (*Server).schemeFile, 0},
	{"GET /settings/indicators", signedIn, (*Server).definitions, 0},
	{"POST /settings/indicators", signedIn, (*Server).uploadDefinitions, importBytesMax},
	{"GET /settings/indicators/file", signedIn, (*Server).definitionFile, 0},
	{"GET /settings/indicators/{code}", signedIn, (*Server).definition, 0},
	{"POST /settings/indicators/{code}/retire", signedIn, (*Server).retireDefinition, 0},
	{"GET /settings/templates", signedIn, (*Server).reportTemplates, 0},
	{"POST /settings/templates", signedIn, (*Server).uploadTemplate, importBytesMax},
	{"GET /settings/templates/{name}", signedIn, (*Server).reportTemplate, 0},
	{"GET /settings/templates/{name}/file", signedIn, (*Server).templateArchive, 0},
	{"GET /settings/fields", signedIn, (*Server).fieldSetup, 0},
	{"GET /settings/codes", signedIn, (*Server).codeLists, 0},
	{"GET /settings/drafts/{draft}", signedIn, (*Server).reviewSetting, 0},
	{"POST /settings/drafts/{draft}", signedIn, (*Server).keepSetting, 0},
	{"POST /settings/drafts/{draft}/drop", signedIn, (*Server).dropSetting, 0},
	{"GET /findings", signedIn, (*Server).findings, 0},
	{"GET /money", signedIn, (*Server).money, 0},
	{"GET /board", signedIn, (*Server).trends, 0},
	{"GET /board/file", signedIn, (*Server).trendsFile, 0},
	{"GET /figures", signedIn, (*Server).figures, 0},
	{"GET /figures/{code}", signedIn, (*Server).figure, 0},
	{"GET /figures/{code}/records", signedIn, (*Server).figureRecords, 0},
	{"GET /figures/{code}/evidence", signedIn, (*Server).figureEvidence, 0},
	{"GET /evidence/{n}", signedIn, (*Server).reportEvidence, 0},

	{"GET /reports", signedIn, (*Server).manuscripts, 0},
	{"GET /reports/{template}/{period}", signedIn, (*Server).outline, 0},
	{"POST /reports/{template}/{period}/begin", signedIn, (*Server).beginWriting, 0},
	{"GET /reports/{template}/{period}/draft", signedIn, (*Server).draft, 0},
	{"GET /reports/{template}/{period}/figures", signedIn, (*Server).pickFigures, 0},
	{"POST /reports/{template}/{period}/freeze", signedIn, (*Server).freeze, 0},
	{"POST /reports/{template}/{period}/signing", signedIn, (*Server).signing, 0},
	{"GET /reports/{template}/{period}/{part}", signedIn, (*Server).writePart, 0},
	{"POST /reports/{template}/{period}/{part}", signedIn, (*Server).savePart, 0},
	{"POST /reports/{template}/{period}/{part}/preview", signedIn, (*Server).previewPart, 0},
	{"POST /reports/{template}/{period}/{part}/step", signedIn, (*Server).stepPart, 0},
	{"POST /reports/{template}/{period}/{part}/remark", signedIn, (*Server).remark, 0},

	{"GET /check", signedIn, (*Server).checkPage, 0},
	{"POST /check", signedIn, (*Server).checkReports, checkBytesMax + formBytesMax},
	{"GET /check/{id}", signedIn, (*Server).checkResult, 0},
	{"GET /check/{id}/file", signedIn, (*Server).checkFile, 0},
	{"POST /check/{id}/keep", signedIn, (*Server).keepCheck, 0},
	{"POST /check/{id}/drop", signedIn, (*Server).dropCheck, 0},

	{"GET /public/reports", anyone, (*Server).reports, 0},
	{"GET /public/feed.atom", anyone, (*Server).feed, 0},
	{"GET /public/notices", anyone, (*Server).notices, 0},
	{"GET /public/notices.atom", anyone, (*Server).noticeFeed, 0},
	{"GET /public/notices/{id}", anyone, (*Server).notice, 0},
	{"GET /public/inform", anyone, (*Server).informPage, 0},
	{"POST /public/inform", anyone, (*Server).inform, 0},
	{"POST /public/inform/state", anyone, (*Server).informState, 0},
	{"GET /public/reports/{n}", anyone, (*Server).report, 0},
	{"GET /public/reports/{n}/figures/{id}", anyone, (*Server).reportFigure, 0},
	{"GET /public/reports/{n}/files/{name}", anyone, (*Server).reportFile, 0},
}
