package telegram_test

import (
	"fmt"

	"github.com/redpin/redpin/bot/telegram"
)

// New says what is wrong with the settings before anything is sent.
func ExampleNew() {
	_, err := telegram.New(telegram.Options{Token: "4242:secret", API: "https://api.telegram.org/bot%s/%s"})
	fmt.Println(err)
	// Output:
	// telegram: the API's address is not a base address; write one such as http://127.0.0.1:8081, without the token or a query
}
