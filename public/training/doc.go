// Package training is the kind of trainings (培训): one training with its days, hours and people.
//
// Trainings are counted in 次 and people in 人次: who comes twice is counted twice, so this figure is never a number of people.
// Certificates and their expiry are another kind. A wing package: imports the record floor and below.
package training
