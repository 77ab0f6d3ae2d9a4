// Package hazard is the kind of hidden hazards of work safety (事故隐患): found, listed for supervision (挂牌督办), rectified,
// closed (销号); 安全生产法 (2021) art. 41 and 安全生产事故隐患排查治理暂行规定 (总局令16号).
//
//	found ─ list ─▶ listed ─ rectify ─▶ rectified ─ close ─▶ closed
//	  │               └─ extend ─▶ listed      └─ return ─▶ found        closed ─ reopen ─▶ found
//	  └────────────── rectify ─────────────▲
//
// Whoever mended a hazard may not accept the mending: closing needs four eyes, and so does a later term (延期), which needs a
// document and a reason and stands beside the terms before it. The deadline of a listed hazard is stamped when it is listed
// or extended. A hazard that is opened again keeps its number and its history.
//
// Counted are major hazards found, listed, closed, and closed after listing; hazards open on a day; what mending cost. Found ⊇
// listed ⊇ closed after listing holds of the records, not of the figures of one year: a hazard found in December is closed in
// January. What does not fit (listed though ordinary, closed on paper, closed after its term) is a doubt, not a refusal.
// Never a geological hidden-danger point, which is another kind. A wing package: imports the record floor and below.
package hazard
