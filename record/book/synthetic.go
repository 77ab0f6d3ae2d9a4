package book

import (
	"encoding/json"
	"fmt"

	"anlan/store/journal"
)

// Synthetic says whether the book was founded for invented records (合成示例): whatever is made of them says so.
func (v *View) Synthetic() (bool, error) {
	founding, err := journal.EntryAt(v.tx, 1)
	if err != nil {
		return false, err
	}
	var told struct {
		Synthetic bool `json:"synthetic"`
	}
	if err := json.Unmarshal(founding.Body, &told); err != nil {
		return false, fmt.Errorf("read the entry of the founding: %w", err)
	}
	return told.Synthetic, nil
}
