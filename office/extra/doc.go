// Package extra is the kind of extra fields (扩展项): what a bureau wants to record of a thing beyond its declared fields,
// this year, without a migration and without waiting for the next version of the program.
//
//	hazard  patrol_team  巡查班组  text                     → every hazard may state it
//	hazard  budgeted     已列预算  yes_no   required         → every hazard that is written from now on must
//
// A definition is a record like any other: journalled, versioned, imported from a sheet, withdrawn with a reason. Kind,
// code and type are for ever, as those of a declared field; withdrawn fields keep the values that stand and take no new
// ones. The values are kept by the kernel, in one column of each kind (record.Ext), as they stand in sheets and in the
// journal; a personal one is sealed there as any personal value is. Measures cannot look at them: what is to be counted
// deserves a declared field.
//
// Source hands the definitions to the kernel. A wing package: imports the record floor and below.
package extra
