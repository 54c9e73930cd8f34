package discord

// This file holds events until a worker is free. Nothing that arrived is dropped: a full queue holds up the
// gateway's reading, and at the end the queue is emptied before Run returns.

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
)

// A queue serves what is put into it with a fixed number of workers.
type queue[T any] struct {
	waiting chan T
	serve   func(context.Context, T)
	log     *slog.Logger
	workers sync.WaitGroup
}

// start begins serving. Workers end when stop is done and the queue is empty; work ends what they do at once.
func start[T any](work context.Context, stop <-chan struct{}, length, workers int, log *slog.Logger, serve func(context.Context, T)) *queue[T] {
	q := &queue[T]{waiting: make(chan T, length), serve: serve, log: log}
	for range workers {
		q.workers.Go(func() {
			for {
				select {
				case t := <-q.waiting:
					q.one(work, t)
				case <-stop:
					for {
						select {
						case t := <-q.waiting:
							q.one(work, t)
						default:
							return
						}
					}
				}
			}
		})
	}
	return q
}

// put waits for room until stop is done.
func (q *queue[T]) put(t T, stop <-chan struct{}) {
	select {
	case q.waiting <- t:
	case <-stop:
	}
}

// offer puts t where there is room, and says whether there was.
func (q *queue[T]) offer(t T) bool {
	select {
	case q.waiting <- t:
		return true
	default:
		return false
	}
}

// one serves t, and survives a panic: one message must not end the bot for everybody.
func (q *queue[T]) one(ctx context.Context, t T) {
	defer survive(q.log)
	if ctx.Err() == nil {
		q.serve(ctx, t)
	}
}

// survive is deferred where a panic must not go further.
func survive(log *slog.Logger) {
	if r := recover(); r != nil {
		// The value may hold what somebody wrote, the stack does not.
		log.Error("answering failed in a way that it never should", "panic", fmt.Sprintf("%T", r), "stack", string(debug.Stack()))
	}
}
