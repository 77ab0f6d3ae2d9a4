// Package api is the door for programs (接口): REST with OpenAPI 3.1, from the same kinds, indicators and publications as the pages.
//
//	GET   /api/v1/records/hazard?where=grade+%3D+major&sort=found_on&limit=100     a page of a list, keyset paging
//	POST  /api/v1/records/hazard              {"content": {"number": "YH-00001", …}, "reason": "…"}
//	PATCH /api/v1/records/hazard/0190…        If-Match: "3"; merge patch: null makes a field absent, what is not named stays
//	GET   /api/v1/figures/work_safety.deaths?period=2023                           value, arithmetic, measures
//	GET   /api/v1/openapi.json                the document; /api is its reader page
//
// Whoever asks shows a token (office/token); the token's user acts, within the scope of the token. All addresses stand in one table
// (operations.go) with what each needs; which records and fields is the book's question, here as at any other door, and writing goes by the
// same group as that of the pages. What goes wrong is answered as application/problem+json (RFC 9457) with every fault in both languages and
// a pointer into what was sent. The document (document.go) is made from the table and the kinds, and is the same bytes for the same kinds.
//
// What does not live here: JSON of records (record/content), rules (kinds), rights (record/access), tokens (office/token), events that
// leave (office/webhook). On the floor of the faces: only face/cli starts it, beside face/web.
package api
