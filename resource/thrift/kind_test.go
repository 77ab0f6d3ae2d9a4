package thrift_test

import (
	"testing"

	"anlan/ground/period"
	"anlan/resource/thrift"
)

func TestAMeasureCountsOnTheDayItWasTaken(t *testing.T) {
	t.Parallel()
	on := period.MustDay(2023, 3, 1)
	h := &thrift.Thrift{Number: "JY-1", Area: "vehicles", TakenOn: on, What: "示例措施"}
	h.Unit = "430600"
	if err := thrift.Kind.Check(h, on).Err(); err != nil {
		t.Fatal(err)
	}
	if got := thrift.Measures.Post(h, nil); len(got) != 1 || got[0].Day != on || got[0].Count != 1 {
		t.Errorf("got %v", got)
	}
	if err := thrift.Kind.Check(h, on.Add(-1)).Err(); err == nil {
		t.Error("a measure of tomorrow is accepted")
	}
}
