package access

import (
	"slices"
	"strings"

	"anlan/ground/lang"
)

// Area is a field of work (业务板块): kinds whose records the same people keep. Rights name areas, so that a new kind has its rights by
// standing in one.
type Area struct {
	Code  string
	Label lang.Text
	Kinds []string
}

// areas are all areas, in the order of the navigation. A test of app sees that every kind stands in exactly one.
var areas = []Area{
	{"watch", lang.Of("监测预警", "watch"), strings.Fields("public_notice warning_bulletin rainfall_process")},
	{"call", lang.Of("叫应转移", "call-out"), strings.Fields("call_out evacuation")},
	{"respond", lang.Of("预案演练", "response"), strings.Fields("plan drill")},
	{"safety", lang.Of("安全生产", "safety"), strings.Fields("enterprise hazard accident enforcement_case")},
	{"relief", lang.Of("救灾", "relief"), strings.Fields("disaster_event loss_report")},
	{"money", lang.Of("资金", "money"), strings.Fields("budget_line income voucher carry_over three_public fund project procurement thrift")},
	{"assets", lang.Of("资产", "assets"), strings.Fields("asset stock_take building")},
	{"people", lang.Of("机构人员", "units and staff"), strings.Fields("unit place establishment staff")},
	{"control", lang.Of("内控公开", "internal control"), strings.Fields("internal_rule compliance_finding disclosure_item")},
	{"figures", lang.Of("绩效数据", "figures"), strings.Fields("report_template report_section report_signing stat_return final_accounts_line reconciliation cited_figure published_figure coverage withholding statistic " +
		"stat_form indicator scheme judgement evaluation_run publication")},
	{"public", lang.Of("社会面", "the public"), strings.Fields("training publicity public_report survey township_standard village_standard demonstration fire_team " +
		"industrial_pilot recognition investment")},
	{"desk", lang.Of("个人工作", "one's desk"), strings.Fields("saved_view comment")},
	{"office", lang.Of("系统管理", "office"), strings.Fields("login_user role delegation extra_field webhook import_run")},
}

// Areas lists the areas in the order of the navigation.
func Areas() []Area { return slices.Clone(areas) }

// areaOf finds the area of each kind.
var areaOf = func() map[string]string {
	out := map[string]string{}
	for _, a := range areas {
		for _, k := range a.Kinds {
			out[k] = a.Code
		}
	}
	return out
}()

// AreaOf is the area in which a kind stands; empty for what is no kind of record, as the signing key.
func AreaOf(kind string) string { return areaOf[kind] }

// KindsOf lists the kinds of some areas, in order.
func KindsOf(codes ...string) (out []string) {
	for _, code := range codes {
		for _, a := range areas {
			if a.Code == code {
				out = append(out, a.Kinds...)
			}
		}
	}
	return out
}
