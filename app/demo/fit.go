package demo

import (
	"anlan/ground/money"
	"anlan/ground/period"
)

// The figures that the year is fitted to: those of the published report of 2023, in people, things and fen. What is printed
// there rounded is given here as one of the amounts that round to it.
const (
	inPost, retired                = 92, 17
	administrativePosts            = 42
	institutionPosts               = 58
	hazardsFound, hazardsListed    = 16_424, 6_682
	accidentsThisYear, deathsThis  = 87, 97
	accidentsLastYear, deathsLast  = 103, 109
	ordinaryHazards, earlierMajors = 1_150, 426 // must not count in 2023
	cases                          = 1_165      // of which the bureau's own are records, the others come by returns
	ownCases                       = 141
	drillsHeld, ownDrills          = 260, 12 // the bureau's own are what its projects speak of
	trainingsHeld, ownTrainings    = 320, 26
	publicityActions               = 1_400

	staffCost     money.Fen = 16_046_176_37 // 1604.62万元
	operatingCost money.Fen = 4_255_671_18  // 425.57
	basicCost               = staffCost + operatingCost
	disasterFund  money.Fen = 3_892_694_20 // 389.27
	carriedOut    money.Fen = 166_140_00   // 16.61
	initialBudget money.Fen = 16_859_060_00
	addedBudget   money.Fen = 15_856_165_00
	carriedIn               = basicCost + projectCost + carriedOut - initialBudget - addedBudget // 10.62

	threePublicBudget money.Fen = 621_000_00
	hospitality       money.Fen = 98_512_40
	vehicleRunning    money.Fen = 296_500_00

	fines    money.Fen = 18_017_000_00 // 1801.7万元
	ownFines money.Fen = 3_926_000_00

	directLoss money.Fen = 204_512_000_00 // 2.05亿元, and 55.59% less than the 4.6051亿元 of the year before
)

// otherProjects are the projects beside the disaster fund, whose amounts come to 846.07万元.
const (
	safetyFund  money.Fen = 5_347_310_66 // 534.73
	quakeFund   money.Fen = 290_688_00   // 29.07
	floodFund   money.Fen = 200_000_00
	geologyFund money.Fen = 500_000_00
	surveyFund  money.Fen = 200_000_00
	shelterFund money.Fen = 250_000_00
	injuryFund  money.Fen = 149_905_00   // 14.99; the published report gives no amount
	smartFund   money.Fen = 1_522_796_50 // 152.28

	otherProjects = safetyFund + quakeFund + floodFund + geologyFund + surveyFund + shelterFund + injuryFund + smartFund
	projectCost   = disasterFund + otherProjects
)

// The days on which the year turns.
var (
	newYear22  = period.MustDay(2022, 1, 1)
	eve22      = period.MustDay(2022, 12, 31)
	newYear23  = period.MustDay(2023, 1, 1)
	newYearEve = period.MustDay(2023, 12, 31)
	newYear24  = period.MustDay(2024, 1, 1)
)
