// Package survey is the kind of satisfaction surveys (满意度调查) with their answers (答卷) as rows.
//
// A percentage is never entered: satisfied ÷ answers is computed by an indicator from the two counts here, so it has its n and
// cannot be one that n answers could not give. Surveys of the public and of people in a disaster area are counted apart. An
// answer holds whether it was satisfied, by which way it came and on which day, and nothing that says whose it is; the note
// of an answer is for the words that were said, without names.
// A survey counts on the day on which it closed. A wing package: imports the record floor and below.
package survey
