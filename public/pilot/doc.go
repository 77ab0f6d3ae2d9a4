// Package pilot is the kind of pilots of “工业互联网+安全生产”: an enterprise, the scenes it put into use, and the acceptance of the
// pilot; “工业互联网+安全生产”行动计划 (工信部联信发〔2020〕157号).
//
// A pilot counts as done on the day of its acceptance, never before; chemical enterprises and those of industry and trade are
// counted apart. Live values and alarms of the enterprises are other kinds. A wing package: imports the record floor and below.
package pilot
