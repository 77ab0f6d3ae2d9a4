// Package procurement is the kind of government procurements (政府采购) on the level of the register: what was planned and
// what it became, goods, works and services, by which method (政府采购法 art. 26). The plan counts on the day it was filed, the
// purchase on the day of its contract. A contract above its plan is a doubt. A wing package: imports the record floor and below.
package procurement
