package api

import "anlan/ground/lang"

// Need is what an operation asks of a token.
type Need int

// The needs.
const (
	Reading  Need = iota // a token for reading
	Changing             // a token for changing
)

// Operation is one thing that can be asked of the API.
type Operation struct {
	Method, Path string // below Prefix, as net/http writes patterns
	Needs        Need
	Of           string // the name that the scope of a token must have; empty: the kind in the path, or its area
	Name         string // for clients: list, create; with the kind behind it where the path has one
	About        lang.Text
	do           func(*Server, *call) error
	body         int64 // bytes that may be sent; 0: bodyMax
}

// PerKind says whether the operation is one for each kind.
func (o Operation) PerKind() bool { return o.Of == "" }

// Bounds of what is sent.
const (
	bodyMax   = 1 << 20
	bulkBytes = 16 << 20
	fileBytes = 64 << 20
)

const (
	ofAny   = "*" // any token will do
	records = "/records/{kind}"
	one     = "/records/{kind}/{id}"
)

// Operations are all of them, for whoever tries each with every role and scope.
func Operations() []Operation { return operations }

// operations are all addresses of the API, with what each needs.
var operations = []Operation{
	{"GET", "/kinds", Reading, ofAny, "kinds", lang.Of("记录类型", "the kinds of records"), (*Server).kinds, 0},
	{"GET", records, Reading, "", "list", lang.Of("列表", "a page of a list"), (*Server).list, 0},
	{"POST", records, Changing, "", "create", lang.Of("登记", "enter a record"), (*Server).create, 0},
	{"POST", records + "/bulk", Changing, "", "createMany", lang.Of("批量登记，逐条给出结果", "enter many records, each answered for itself"), (*Server).bulk, bulkBytes},
	{"GET", one, Reading, "", "get", lang.Of("一条记录", "one record"), (*Server).get, 0},
	{"PATCH", one, Changing, "", "change", lang.Of("修改", "change a record"), (*Server).change, 0},
	{"DELETE", one, Changing, "", "withdraw", lang.Of("作废", "withdraw a record"), (*Server).withdraw, 0},
	{"POST", one + "/reinstate", Changing, "", "reinstate", lang.Of("恢复作废的记录", "take a withdrawal back"), (*Server).reinstate, 0},
	{"POST", one + "/steps/{step}", Changing, "", "step", lang.Of("办理一步", "take a record one step on"), (*Server).step, 0},
	{"GET", one + "/history", Reading, "", "history", lang.Of("历次版本", "every version of a record"), (*Server).history, 0},
	{"POST", one + "/files/{field}", Changing, "", "attach", lang.Of("上传附件", "put a file on a record"), (*Server).attach, fileBytes},
	{"GET", one + "/files/{field}/{sha256}", Reading, "", "file", lang.Of("下载附件", "a file of a record"), (*Server).file, 0},

	{"GET", "/figures", Reading, figureScope, "figures", lang.Of("一个统计期的全部指标", "all indicators of a period"), (*Server).figures, 0},
	{"GET", "/figures/{code}", Reading, figureScope, "figure", lang.Of("一个指标怎样算出", "how a figure came about"), (*Server).figure, 0},
	{"GET", "/figures/{code}/records", Reading, figureScope, "figureRecords", lang.Of("指标背后的记录", "the records behind a figure"), (*Server).figureRecords, 0},
	{"GET", "/findings", Reading, figureScope, "findings", lang.Of("疑点", "what does not fit"), (*Server).findings, 0},

	{"GET", "/publications", Reading, publicationScope, "publications", lang.Of("公开的报告", "published reports"), (*Server).publications, 0},
	{"GET", "/publications/{position}", Reading, publicationScope, "publication", lang.Of("一份公开的报告", "a published report"), (*Server).publication, 0},
	{"GET", "/publications/{position}/figures", Reading, publicationScope, "publishedFigures", lang.Of("报告中的数据", "the figures of a report"), (*Server).publishedFigures, 0},
	{"GET", "/publications/{position}/files/{name}", Reading, publicationScope, "publishedFile", lang.Of("报告的文件，逐字节如公开时", "a file of a report, as it was published"), (*Server).publishedFile, 0},
	{"GET", "/publications/{position}/archive", Reading, publicationScope, "archive", lang.Of("报告的全部文件和今天的证明", "all files of a report with the proof of today"), (*Server).archive, 0},

	{"GET", "/journal/checkpoint", Reading, journalScope, "checkpoint", lang.Of("最新的封存点", "the newest checkpoint"), (*Server).checkpoint, 0},
}
