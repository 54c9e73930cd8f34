package telegram

// The one place where HTTP happens. The library makes requests and reads envelopes; this file decides what goes
// over the wire and what comes out of it: no token in any error, no redirect followed, every body bounded and read
// to its end, every call with a deadline.

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

// DefaultAPI is Telegram's own server.
const DefaultAPI = "https://api.telegram.org"

// Deadlines of calls. Telegram answers within a second; a proxy or a slow line may need some more.
const (
	callTimeout = 15 * time.Second
	// pollSlack is added to a long poll's own time.
	pollSlack = 15 * time.Second
)

// Bounds of answers. Telegram's own for a batch of updates is 4 MiB (Client.cpp); other results are small.
const (
	maxPollBody = 8 << 20
	maxBody     = 1 << 20
)

// A client calls one bot's methods. It is safe for concurrent use.
type client struct {
	token  string
	format string // the library's endpoint format: base/bot%s/%s
	http   *http.Client
}

func newClient(token, api string) (*client, error) {
	if err := checkToken(token); err != nil {
		return nil, err
	}
	base, err := url.Parse(strings.TrimRight(api, "/"))
	if err != nil || base.Scheme != "http" && base.Scheme != "https" || base.Host == "" || base.RawQuery != "" || base.Fragment != "" || base.User != nil {
		// The address is not shown: somebody may have put the token into it.
		return nil, errors.New("telegram: the API's address is not a base address; write one such as http://127.0.0.1:8081, without the token or a query")
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.DialContext = (&net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}).DialContext
	transport.TLSHandshakeTimeout = 10 * time.Second
	transport.MaxIdleConnsPerHost = workers
	return &client{
		token:  token,
		format: strings.ReplaceAll(base.String(), "%", "%%") + "/bot%s/%s",
		http: &http.Client{
			Transport: transport,
			// Go would name the old address, with the token in it, to the new host as the referer.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}, nil
}

// checkToken refuses what cannot be a token, before it becomes part of an address.
func checkToken(token string) error {
	if token == "" {
		return errors.New("telegram: no token; get one from @BotFather with /newbot")
	}
	for _, r := range token {
		if !(r < 0x80 && isWord(byte(r)) || r == ':' || r == '-') {
			return errors.New("telegram: the token has a character that no token has; copy it again from @BotFather, without quotes or blanks")
		}
	}
	return nil
}

// close drops the connections that wait for another call.
func (c *client) close() { c.http.CloseIdleConnections() }

// An apiError is a refusal by Telegram itself.
type apiError struct {
	method     string
	code       int
	about      problem
	retryAfter time.Duration
	migrateTo  int64
}

// Error never shows Telegram's own words: they may quote a message ("Unsupported start tag …").
func (e *apiError) Error() string {
	text := fmt.Sprintf("telegram: %s was refused with %d", e.method, e.code)
	if e.about != "" {
		return text + " (" + string(e.about) + ")"
	}
	if status := http.StatusText(e.code); status != "" {
		return text + " (" + status + ")"
	}
	return text
}

// A problem is a refusal that redpin knows, in Telegram's words.
type problem string

// Known refusals: https://core.telegram.org/bots/api#making-requests leaves them to be found out; these are the
// official server's.
const (
	cannotParse       problem = "can't parse entities"
	tooLong           problem = "message is too long"
	noReplyTarget     problem = "message to be replied not found"
	noReplyTarget2    problem = "replied message not found"
	noThread          problem = "message thread not found"
	noChat            problem = "chat not found"
	upgraded          problem = "group chat was upgraded to a supergroup chat"
	webhookActive     problem = "can't use getUpdates method while webhook is active"
	otherPoller       problem = "terminated by other getUpdates request"
	loggedOut         problem = "Logged out"
	notModified       problem = "message is not modified"
	queryTooOld       problem = "query is too old and response timeout expired or query ID is invalid"
	blocked           problem = "bot was blocked by the user"
	deactivated       problem = "user is deactivated"
	kicked            problem = "bot was kicked from"
	notMember         problem = "bot is not a member of"
	cannotInitiate    problem = "bot can't initiate conversation with a user"
	noRightsToText    problem = "not enough rights to send text messages to the chat"
	noWriteAccess     problem = "have no write access"
	restricted        problem = "CHAT_WRITE_FORBIDDEN"
	topicClosed       problem = "TOPIC_CLOSED"
	badButton         problem = "BUTTON_DATA_INVALID"
	messageGone       problem = "message to edit not found"
	privateHasNoAdmin problem = "there are no administrators in the private chat"
	unresolved        problem = "Failed to resolve host"
	badWebhook        problem = "bad webhook"
)

func knownProblem(description string) problem {
	for _, p := range []problem{
		cannotParse, tooLong, noReplyTarget, noReplyTarget2, noThread, noChat, upgraded, webhookActive, otherPoller, loggedOut,
		notModified, queryTooOld, blocked, deactivated, kicked, notMember, cannotInitiate, noRightsToText, noWriteAccess,
		restricted, topicClosed, badButton, messageGone, privateHasNoAdmin, unresolved, badWebhook,
	} {
		if strings.Contains(strings.ToLower(description), strings.ToLower(string(p))) {
			return p
		}
	}
	return ""
}

// An httpError is an answer that is not Telegram's, such as a proxy's page.
type httpError struct {
	method     string
	status     int
	retryAfter time.Duration
}

func (e *httpError) Error() string {
	text := fmt.Sprintf("telegram: %s got an answer with status %d that is not the Bot API's", e.method, e.status)
	if e.status >= 300 && e.status < 400 {
		text += "; it is a redirect, which is not followed because the address holds the token: set the API's final address"
	}
	return text
}

// A transportError is a call that got no answer.
type transportError struct {
	method string
	text   string
	// cause is a context's error or nil. The library's and net/http's own errors hold the address and, in it, the token.
	cause error
	// sent says that the request had left: it may have had its effect.
	sent bool
}

func (e *transportError) Error() string {
	return fmt.Sprintf("telegram: %s failed: %s", e.method, e.text)
}

func (e *transportError) Unwrap() error { return e.cause }

// ambiguous says whether a call that failed with err may have had its effect all the same.
func ambiguous(err error) bool {
	var transport *transportError
	var page *httpError
	switch {
	case errors.As(err, &transport):
		return transport.sent
	case errors.As(err, &page):
		// A gateway that gave up waiting, and an answer of success that cannot be read.
		return page.status == http.StatusGatewayTimeout || page.status < 300
	}
	return false
}

// An answer is a method's result, and the server's time when it gave it (zero if it did not say).
type answer struct {
	result json.RawMessage
	date   time.Time
}

// call makes one call with a deadline of timeout. params are the method's parameters; objects among them are JSON.
func (c *client) call(ctx context.Context, method string, params tgbotapi.Params, timeout time.Duration) (answer, error) {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	w := &wire{client: c, ctx: ctx, method: method}
	// The library knows no contexts, so each call has a bot of its own, with the wire that carries the context. Its
	// constructor is passed by because it calls getMe, which would fail a start during an outage.
	api := tgbotapi.BotAPI{Token: c.token, Client: w}
	api.SetAPIEndpoint(c.format)
	response, err := api.MakeRequest(method, params)
	var refusal *tgbotapi.Error
	switch {
	case errors.As(err, &refusal):
		return answer{}, &apiError{
			method: method, code: refusal.Code, about: knownProblem(refusal.Message),
			retryAfter: max(time.Duration(refusal.RetryAfter)*time.Second, w.retryAfter), migrateTo: refusal.MigrateToChatID,
		}
	case w.err != nil:
		return answer{}, w.err
	case err != nil:
		return answer{}, &httpError{method: method, status: w.status} // an envelope of the wrong types
	}
	return answer{result: response.Result, date: w.date}, nil
}

// getMe asks who the bot is.
func (c *client) getMe(ctx context.Context) (user, error) {
	a, err := c.call(ctx, "getMe", nil, callTimeout)
	if err != nil {
		return user{}, err
	}
	var self user
	if err := json.Unmarshal(a.result, &self); err != nil || self.ID == 0 {
		return user{}, &httpError{method: "getMe", status: http.StatusOK}
	}
	return self, nil
}

// A wire carries one request. It is the library's HTTPClient.
type wire struct {
	client *client
	ctx    context.Context
	method string

	// What came of it. err is what the library must not see, because it would be wrapped out of our hands.
	err        error
	status     int
	retryAfter time.Duration
	date       time.Time
}

func (w *wire) Do(request *http.Request) (*http.Response, error) {
	var sent atomic.Bool
	ctx := httptrace.WithClientTrace(w.ctx, &httptrace.ClientTrace{
		WroteRequest: func(info httptrace.WroteRequestInfo) {
			if info.Err == nil {
				sent.Store(true)
			}
		},
	})
	response, err := w.client.http.Do(request.WithContext(ctx))
	if err != nil {
		w.err = w.failed(err, sent.Load())
		return nil, w.err
	}
	defer response.Body.Close()
	limit := int64(maxBody)
	if w.method == "getUpdates" {
		limit = maxPollBody
	}
	// To its end, so that the connection can serve the next call.
	body, err := io.ReadAll(io.LimitReader(response.Body, limit+1))
	w.status = response.StatusCode
	w.retryAfter = retryAfter(response.Header)
	w.date, _ = http.ParseTime(response.Header.Get("Date"))
	if err != nil {
		w.err = w.failed(err, true)
		return nil, w.err
	}
	if int64(len(body)) > limit || !isEnvelope(body) {
		w.err = &httpError{method: w.method, status: response.StatusCode, retryAfter: w.retryAfter}
		return nil, w.err
	}
	response.Body = io.NopCloser(bytes.NewReader(body))
	return response, nil
}

// isEnvelope says whether a body is the Bot API's: {"ok": …}, with a code where it is false.
func isEnvelope(body []byte) bool {
	var envelope struct {
		OK        *bool `json:"ok"`
		ErrorCode int   `json:"error_code"`
	}
	return json.Unmarshal(body, &envelope) == nil && envelope.OK != nil && (*envelope.OK || envelope.ErrorCode != 0)
}

// retryAfter reads the header, of which Telegram's proxies know only the seconds.
func retryAfter(h http.Header) time.Duration {
	seconds, err := strconv.Atoi(h.Get("Retry-After"))
	if err != nil || seconds < 0 {
		return 0
	}
	return time.Duration(min(seconds, 1<<20)) * time.Second
}

// failed turns an error of net/http into one that can be shown.
func (w *wire) failed(err error, sent bool) error {
	e := &transportError{method: w.method, sent: sent}
	var address *url.Error
	if errors.As(err, &address) {
		err = address.Err
	}
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		e.cause, e.text = context.DeadlineExceeded, "no answer in time"
	case errors.Is(err, context.Canceled):
		e.cause, e.text = context.Canceled, "called off"
	default:
		e.text = w.client.redact(broken(err))
	}
	return e
}

// broken says why a call got no answer. Of errors that may quote what came over the connection, only the kind is
// told: a broken answer can hold anything.
func broken(err error) string {
	var dial *net.OpError
	var certificate *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	var timed net.Error
	switch {
	case errors.As(err, &dial), errors.As(err, &certificate), errors.As(err, &record),
		errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, http.ErrSchemeMismatch):
		return err.Error()
	case errors.As(err, &timed) && timed.Timeout():
		return "no answer in time"
	}
	return "the connection broke, or the answer is no HTTP"
}

// redact takes the token out of a text, in whatever way it is written there.
func (c *client) redact(text string) string {
	secret := c.token
	if _, after, found := strings.Cut(c.token, ":"); found && len(after) >= 8 {
		text = strings.ReplaceAll(text, after, "<token>")
	}
	for _, form := range []string{secret, url.PathEscape(secret), url.QueryEscape(secret)} {
		text = strings.ReplaceAll(text, form, "<token>")
	}
	return text
}
