package indicatortest

import (
	"context"

	"anlan/account/indicator"
	"anlan/ground/place"
	"anlan/store/journal"
)

// World keeps records and gives figures of them. Aliases are the file's own names for records; they are told apart from
// natural keys and ids, which the world chooses. Each change that succeeds has its own journal position, greater than that of
// the one before.
type World interface {
	// Catalogue is the measures of the kinds that the world keeps.
	Catalogue() indicator.Catalogue
	// Unit is the unit that is asked for where a file names none: the whole world.
	Unit() place.Unit
	// Create makes a record of a kind.
	Create(ctx context.Context, kind, alias string, fields []Field) (journal.Position, error)
	// Change gives fields of a record other values.
	Change(ctx context.Context, alias string, fields []Field, because string) (journal.Position, error)
	// Withdraw takes a record back.
	Withdraw(ctx context.Context, alias, because string) (journal.Position, error)
	// Read shows the world as of a position, which it includes; 0 is now. The snapshot is not used after see returns.
	Read(ctx context.Context, asOf journal.Position, see func(Snapshot) error) error
}

// Snapshot is a world as of one position.
type Snapshot interface {
	indicator.Source
	// Records lists the aliases of the records behind a figure, in any order.
	Records(ctx context.Context, ask indicator.Ask) ([]string, error)
}

// Field is a field of a record as a file writes it.
type Field struct{ Name, Value string }
