package sample

import _ "embed"

// Name is what the sample is called where a file's name is shown.
const Name = "示例市应急管理局2023年度部门整体支出绩效自评报告（演示样本）.txt"

//go:embed report.txt
var report string

// Text is the sample as plain text in UTF-8. Its first line says that it is a sample.
func Text() string { return report }
