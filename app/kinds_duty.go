package app

import (
	"anlan/record"
	"anlan/safety/enforcement"
)

// dutyKinds are the kinds of the work itself: safety, warning, calls, response, relief, the public, statistics.
func dutyKinds() []record.Of {
	return []record.Of{
		enforcement.Workflow,
	}
}
