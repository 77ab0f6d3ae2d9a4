// Package fireteam is the kind of township fire teams (乡镇专职消防队): where one stands, when it was accepted, with how many
// people and engines.
//
// New in a period are those accepted in it; how many there are on a day is a stock, until a team is disbanded. A team that was
// accepted without people or an engine is a doubt, not a refusal. State fire stations and volunteer teams are no records here.
// A wing package: imports the record floor and below.
package fireteam
