package ident

// YearIn reads the year that a number of a document or record carries: the first four digits of its first run of at least
// four, as 2023 of 岳应急罚〔2023〕12号, SG20230001 and HZ-2023-0007. It is false where these are not a year of 1900 to 2099;
// full-width digits are not looked for. Where the form of the number is known, Pattern says more.
func YearIn(number string) (year int, ok bool) {
	run := 0
	for i := 0; i < len(number); i++ {
		c := number[i]
		if c < '0' || c > '9' {
			run, year = 0, 0
			continue
		}
		year = year*10 + int(c-'0')
		if run++; run == 4 {
			return year, 1900 <= year && year <= 2099
		}
	}
	return 0, false
}
