// Package publicity is the kind of publicity actions (宣传活动), among them those of 安全宣传“五进”: into enterprises, villages,
// communities, schools and families.
//
// Actions are counted in 场 on their day and people reached in 人次. Trainings, which have hours and participants, are another
// kind. A wing package: imports the record floor and below.
package publicity
