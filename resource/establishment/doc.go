// Package establishment is the kind of establishments (编制): posts of a sort that a document approves for a unit, from a day
// until a day.
//
// Posts are a stock: an approval adds its posts from its first day until the first day on which it no longer holds, and a
// later approval adds to it or replaces it. Whether more people are in post than posts are approved is a finding
// (Exceeded), never a refusal: both are recorded as they are. Who is in post is another kind (人员); pensioners are in
// neither. A wing package: imports the record floor and below.
package establishment
