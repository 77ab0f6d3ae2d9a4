package access

import "anlan/ground/lang"

// Role is a set of rights with how much of a record it lets see.
type Role struct {
	Code      string
	Label     lang.Text
	Clearance Sensitivity
	Rights    *Rights
}

// Views that are saved and comments are written by everybody who works here, and read by way of the pages, which show to each what is
// meant for it: so their lines have no read.
//
// The roles that come with the program, each for one of the people of a bureau. What is not there a bureau defines itself, as a record of
// kind role. Entering a record in a later state (register, 补录) passes over the steps and the eyes that they ask for: only an
// administrator may.
var (
	Township = Role{"township", lang.Of("乡镇（街道）应急办", "township officer"), Personal, MustRights(`
		watch call respond safety relief public people figures: read
		enterprise drill training publicity fire_team: read create edit
		loss_report stock_take stat_return: read create edit
		asset: read
		hazard: read create edit rectify
		call_out: read create edit
		evacuation: read create edit move
		public_report: read create
		delegation: read create withdraw
		saved_view: create edit withdraw
		comment: create edit`)}
	Duty = Role{"duty", lang.Of("值班员", "duty officer"), Personal, MustRights(`
		watch call respond relief: read create edit step
		safety people public: read
		accident: read create edit
		public_report: read create edit accept
		delegation: read create withdraw
		saved_view: create edit withdraw
		comment: create edit`)}
	Section = Role{"section", lang.Of("业务科室", "section officer"), Personal, MustRights(`
		watch call respond safety relief public: read create edit withdraw step
		money assets people control figures: read
		project: read create edit declare
		compliance_finding: read mend
		stat_return: read create edit
		report_section: read edit submit return approve
		report_signing: read sign send_back
		import_run: read create
		delegation: read create withdraw
		saved_view: create edit withdraw
		comment: create edit`)}
	Finance = Role{"finance", lang.Of("规划财务", "finance clerk"), Personal, MustRights(`
		money assets control: read create edit withdraw step
		figures: read create edit withdraw
		indicator scheme judgement evaluation_run publication report_template: read
		report_section: read create edit submit return approve reopen
		report_signing: read create withdraw sign send_back
		watch call respond safety relief public people: read
		import_run: read create
		delegation: read create withdraw
		saved_view: create edit withdraw
		comment: create edit`)}
	Editor = Role{"editor", lang.Of("报告编写", "report editor"), Internal, MustRights(`
		figures: read create edit withdraw step
		watch call respond safety relief public money assets people control: read
		import_run: read create
		delegation: read create withdraw
		saved_view: create edit withdraw
		comment: create edit`)}
	// Leader reads what no person is named in, and decides.
	Leader = Role{"leader", lang.Of("领导", "leader"), Internal, MustRights(`
		*: read
		hazard: read extend return close
		enforcement_case: read decide drop
		evacuation: read return
		public_notice: read issue lift
		project: read return approve
		compliance_finding: read return close
		report_section: read return approve
		report_signing: read sign send_back
		office:
		delegation: read create withdraw
		saved_view: create edit withdraw
		comment: create edit`)}
	// Auditor reads everything, and what it reads of persons is journalled.
	Auditor       = Role{"auditor", lang.Of("审计", "auditor"), Restricted, MustRights(`*: read`)}
	Administrator = Role{"administrator", lang.Of("管理员", "administrator"), Restricted, MustRights(`*: *`)}
	// Reader is the public: of records only what was published.
	Reader = Role{"public", lang.Of("公众", "public"), Public, MustRights(`publication public_notice: read`)}
	// Informant is whoever tells the bureau something without being known to it (举报人): it writes a public report and reads none.
	Informant = Role{"informant", lang.Of("举报人", "informant"), Restricted, MustRights(`
		public_report: create
		place: read`)}
	// Asker is an informant who comes back for what became of it: it reads no more of a report than what is not restricted.
	Asker = Role{"asker", lang.Of("查询人", "asker"), Internal, MustRights(`public_report: read`)}
)

// Roles are the roles that a person may have, in the order of the table.
func Roles() []Role {
	return []Role{Township, Duty, Section, Finance, Editor, Leader, Auditor, Administrator}
}
