// Command pocketbase serves what bench/api is compared with: PocketBase with a collection of hazards that has the columns, the unique number and
// the index by day of ours. It fills the collection, prints its address and the token of a user on one line, and serves until it is stopped.
//
//	go build -C bench/api/pocketbase -o DIR/pocketbase . && DIR/pocketbase -dir DIR/data -records 1000000
package main

import (
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	_ "github.com/pocketbase/pocketbase/migrations" // its own tables
)

func main() {
	dir := flag.String("dir", "", "folder of the data")
	records := flag.Int("records", 0, "hazards to begin with")
	flag.Parse()
	if err := run(*dir, *records); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(dir string, records int) error {
	app := core.NewBaseApp(core.BaseAppConfig{DataDir: dir})
	if err := app.Bootstrap(); err != nil {
		return err
	}
	if err := app.RunAllMigrations(); err != nil {
		return err
	}
	if err := found(app); err != nil {
		return err
	}
	if err := fill(app, records); err != nil {
		return err
	}
	token, err := user(app)
	if err != nil {
		return err
	}
	router, err := apis.NewRouter(app)
	if err != nil {
		return err
	}
	mux, err := router.BuildMux()
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Printf("http://%s %s\n", l.Addr(), token)
	if err := http.Serve(l, mux); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// found makes the collection, which whoever is signed in may read and write.
func found(app core.App) error {
	c := core.NewBaseCollection("hazard")
	signedIn := "@request.auth.id != ''"
	c.ListRule, c.ViewRule, c.CreateRule = &signedIn, &signedIn, &signedIn
	for _, name := range []string{"unit", "place", "number", "grade", "found_on"} {
		c.Fields.Add(&core.TextField{Name: name, Required: true, Max: 40})
	}
	for _, name := range []string{"title", "criterion", "source", "enterprise", "enterprise_name", "listed_on", "listed_by", "order_no", "rectify_by_on", "closed_on", "cost", "coordinates"} {
		c.Fields.Add(&core.TextField{Name: name, Max: 500})
	}
	c.AddIndex("hazard_key", true, "number", "")
	c.AddIndex("hazard_by_found_on", false, "found_on, grade", "")
	return app.Save(c)
}

// fill puts hazards in directly: how long it takes is not compared.
func fill(app core.App, records int) error {
	return app.RunInTransaction(func(tx core.App) error {
		for n := 1; n <= records; n++ {
			on := time.Date(2023, 1, 1+n%365, 0, 0, 0, 0, time.UTC)
			grade := "ordinary"
			if n/365%10 == 0 { // on every day one in ten
				grade = "major"
			}
			_, err := tx.DB().Insert("hazard", dbx.Params{"id": fmt.Sprintf("h%014d", n), "unit": "430602", "place": "430602", "number": fmt.Sprintf("YH2023%08d", n), "grade": grade,
				"title": "消防通道堵塞，未按要求设置疏散指示标志", "enterprise_name": "示例企业", "found_on": on.Format(time.DateOnly), "listed_on": on.AddDate(0, 0, 7).Format(time.DateOnly),
				"cost": fmt.Sprintf("%d.%02d", n/100, n%100)}).Execute()
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// user makes somebody who signs in, and gives a token.
func user(app core.App) (string, error) {
	users, err := app.FindCollectionByNameOrId("users")
	if err != nil {
		return "", err
	}
	u := core.NewRecord(users)
	u.SetEmail("sync@example.invalid")
	u.SetPassword("a-password-of-the-bench")
	if err := app.Save(u); err != nil {
		return "", err
	}
	return u.NewAuthToken()
}
