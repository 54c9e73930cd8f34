package telegram

import (
	"context"
	"net"
	"time"
)

// WithoutHaste lets p take its time at the end, for tests of what is sent and confirmed then. Only a run that hangs
// reaches these limits.
func WithoutHaste(p *Platform) {
	p.ending = ending{
		all: 30 * time.Second, hurry: prompt().hurry, drain: 20 * time.Second, leave: 5 * time.Second, confirm: 10 * time.Second,
		arrived: time.Hour, // so that every stop confirms anew
	}
}

// ListeningOn has p await deliveries on a listener that the test made.
func ListeningOn(l net.Listener) func(*Platform) {
	return func(p *Platform) {
		p.webhook.open = func(context.Context, string) (net.Listener, error) { return l, nil }
	}
}
