// Package hazard is the kind of hidden hazards of work safety (事故隐患): found, listed for supervision (挂牌督办), rectified,
// closed (销号); 安全生产法 (2021) art. 41 and 安全生产事故隐患排查治理暂行规定 (总局令16号).
//
//	found ─ list ─▶ listed ─ rectify ─▶ rectified ─ close ─▶ closed
//	  └────────────── rectify ────────────▲   └─ return ─▶ found        closed ─ reopen ─▶ found
//
// Whoever mended a hazard may not accept the mending: closing needs four eyes. The deadline of a listed hazard is stamped
// when it is listed. Counted are major hazards found and listed, hazards open, and what mending cost.
// Never a geological hidden-danger point, which is another kind. A wing package: imports the record floor and below.
package hazard
