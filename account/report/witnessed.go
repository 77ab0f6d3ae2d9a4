package report

import (
	"anlan/store/journal"
	"anlan/store/journal/witness"
)

// Witnessed holds the checkpoint of a published folder against a policy: which known witnesses have cosigned it, and whether they are
// enough. What is wrong with the folder itself is for Verify to say; a checkpoint that cannot be read is a fault here.
func Witnessed(dir string, p *witness.Policy) (witness.Judgement, error) {
	signed, err := readFile(dir, Checkpoint)
	if err != nil {
		return witness.Judgement{}, err
	}
	return p.Judge(string(signed))
}

// KeyOf is the key by which a policy knows the log of a published folder; nil when it does not.
func KeyOf(dir string, p *witness.Policy) (*journal.PublicKey, error) {
	signed, err := readFile(dir, Checkpoint)
	if err != nil {
		return nil, err
	}
	c, err := journal.ParseCheckpoint(string(signed))
	if err != nil {
		return nil, err
	}
	if key, ok := p.KeyOf(c); ok {
		return &key, nil
	}
	return nil, nil
}
