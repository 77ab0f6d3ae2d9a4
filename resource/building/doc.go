// Package building is the kind of office buildings that a department builds (楼堂馆所): approved and actual area and cost, as
// attachment 1 of the evaluation compares them (规模控制率, 投资概算控制率). A building counts on the day it was completed.
// Building beyond what was approved is a doubt (党政机关办公用房建设标准). A wing package: imports the record floor and below.
package building
