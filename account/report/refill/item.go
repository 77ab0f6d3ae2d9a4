package refill

import "anlan/ground/lang"

// What is what became of a figure, or what a person should look at.
type What string

// What can be said. All but Changed and Restated want somebody to look.
const (
	Changed   What = "changed"    // 已更新: another figure was put in
	Restated  What = "restated"   // 改写: somebody wrote it in another form that is still true, and it stands
	Overtyped What = "overtyped"  // 手工改动: somebody had typed another number over it; the figure is put back in
	Extended  What = "extended"   // 加字: words were typed into its control; only the figure itself was exchanged
	Words     What = "words"      // 改成文字: there is no figure in its control any more; left as it stands
	Tracked   What = "tracked"    // 修订未定: a tracked change in it is not decided; left as it stands
	Direction What = "direction"  // 方向变了: the word before it does not fit any more; left as it stands
	Valueless What = "valueless"  // 没有数值: it had a value, and has none now
	Deleted   What = "deleted"    // 删去
	Moved     What = "moved"      // 移动
	Repeated  What = "duplicated" // 复制: it stands at more places than it was put; put in at each
	Unknown   What = "unknown"    // 编号不明: no figure of the report has this id
	Dropped   What = "dropped"    // 报告已不印: the report of today does not print it; left as it stands
	Added     What = "added"      // 报告新增: the report of today prints it, and the file does not have it
	Numeral   What = "numeral"    // 文中数字: no figure backs it
	Date      What = "date"       // 文中日期: of the period that the report was of before
)

// labels of what there is to say.
var labels = map[What]lang.Text{
	Changed:   lang.Of("已更新", "changed"),
	Restated:  lang.Of("改写了写法，仍然属实，未动", "written in another form, still true, left"),
	Overtyped: lang.Of("手工改过，已填回", "typed over, put back in"),
	Extended:  lang.Of("数据框里加了字，只换了数", "words were typed into it, only the figure was exchanged"),
	Words:     lang.Of("数据框里已不是数据，未动", "no figure stands in its control, left"),
	Tracked:   lang.Of("其中有未决定的修订，未动；请先接受或拒绝修订再填", "a tracked change in it is not decided, left; accept or reject it and refill"),
	Direction: lang.Of("前面的词要改，改好再填，未动", "the word before it has to change, left; change it and refill"),
	Valueless: lang.Of("现在没有数值，请改写这句话", "has no value now, word the sentence anew"),
	Deleted:   lang.Of("已被删去", "was deleted"),
	Moved:     lang.Of("移动过", "was moved"),
	Repeated:  lang.Of("复制过，每处都已填入", "was copied, and is put in at each place"),
	Unknown:   lang.Of("报告里没有这个编号，未动", "the report has no such figure, left"),
	Dropped:   lang.Of("报告现在不印这项数据，未动", "the report does not print it any more, left"),
	Added:     lang.Of("报告现在印这项数据，文件里没有", "the report prints it now, and the file does not have it"),
	Numeral:   lang.Of("没有数据支撑的数字", "a numeral that no figure backs"),
	Date:      lang.Of("报告换了统计期，这个日期还是原来的", "the report is of another period now, and this date is that of before"),
}

// Label says it in words.
func (w What) Label() lang.Text { return labels[w] }

// Asks says whether somebody should look.
func (w What) Asks() bool { return w != Changed && w != Restated }

// Item is one thing to say of a file.
type Item struct {
	What    What   `json:"what"`
	ID      string `json:"id,omitempty"`   // of the figure
	Name    string `json:"name,omitempty"` // of what it says
	Held    string `json:"held,omitempty"` // what was last put in
	Found   string `json:"found,omitempty"`
	Now     string `json:"now,omitempty"`   // what stands there after refilling; of Direction, Dropped and Added what the report prints
	Word    string `json:"word,omitempty"`  // of Direction: what has to stand before it
	Times   int    `json:"times,omitempty"` // of Repeated: at how many places
	From    string `json:"from,omitempty"`  // of Moved: the headings above it before
	Section string `json:"section,omitempty"`
	Part    string `json:"part,omitempty"`  // header, footer, footnotes, endnotes; empty in the body
	Quote   string `json:"quote,omitempty"` // of the paragraph, around it
}
