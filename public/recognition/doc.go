// Package recognition is the kind of recognitions (表彰奖励): awards, and cases chosen as models (典型案例), each with who gave it
// and by which document.
//
// Issuer and document are required: a rank or an award that no document says is a claim, and claims are cited elsewhere. A
// recognition counts on the day of its document. A wing package: imports the record floor and below.
package recognition
