// Package thrift is the kind of thrift measures (厉行节约保障措施): what the bureau did in a year to spend less on itself, as
// attachment 1 of the evaluation lists it (党政机关厉行节约反对浪费条例). A measure counts on the day it was taken. Rules on
// thrift are internal rules, another kind. A wing package: imports the record floor and below.
package thrift
