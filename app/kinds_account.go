package app

import (
	"anlan/account/source"
	"anlan/record"
)

// accountKinds are the sources of figures beside records.
func accountKinds() []record.Of { return source.Kinds() }
