package telegramtest_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/redpin/redpin/bot/telegram/telegramtest"
)

// goldenEntity is an entity as the golden files name it, after Telegram's own parser.
type goldenEntity struct {
	Type     string `json:"type"`
	Offset   int    `json:"offset"`
	Length   int    `json:"length"`
	URL      string `json:"url"`
	Language string `json:"language"`
	UserID   int64  `json:"user_id"`
	EmojiID  string `json:"custom_emoji_id"`
}

func golden(entities []telegramtest.Entity) []goldenEntity {
	names := map[string]string{
		"bold": "Bold", "italic": "Italic", "underline": "Underline", "strikethrough": "Strikethrough", "spoiler": "Spoiler",
		"code": "Code", "pre": "Pre", "blockquote": "BlockQuote", "expandable_blockquote": "ExpandableBlockQuote",
		"text_link": "TextUrl", "text_mention": "MentionName", "custom_emoji": "CustomEmoji", "mention": "Mention",
		"bot_command": "BotCommand", "url": "Url", "email": "EmailAddress", "hashtag": "Hashtag", "cashtag": "Cashtag",
	}
	list := []goldenEntity{}
	for _, e := range entities {
		g := goldenEntity{Type: names[e.Type], Offset: e.Offset, Length: e.Length, URL: e.URL, Language: e.Language, EmojiID: e.CustomEmojiID}
		if e.Type == "pre" && e.Language != "" {
			g.Type = "PreCode"
		}
		if e.User != nil {
			g.UserID = e.User.ID
		}
		list = append(list, g)
	}
	return list
}

func TestParseHTMLIsTelegrams(t *testing.T) {
	for _, line := range strings.Split(strings.TrimSpace(string(telegramtest.SpecFile(t, "telegram-html-golden.jsonl"))), "\n") {
		var want struct {
			In          string         `json:"in"`
			OK          bool           `json:"ok"`
			Description string         `json:"bot_api_description"`
			Text        string         `json:"text"`
			UTF16       int            `json:"utf16"`
			Codepoints  int            `json:"codepoints"`
			Entities    []goldenEntity `json:"entities"`
		}
		if err := json.Unmarshal([]byte(line), &want); err != nil {
			t.Fatal(err)
		}
		text, entities, err := telegramtest.ParseHTML(want.In)
		if !want.OK {
			if err == nil || "Bad Request: "+err.Error() != want.Description {
				t.Errorf("ParseHTML(%q) fails with %v, Telegram with %s", want.In, err, want.Description)
			}
			continue
		}
		if err != nil {
			t.Errorf("ParseHTML(%q) fails with %v, Telegram does not", want.In, err)
			continue
		}
		if text != want.Text || telegramtest.UTF16Len(text) != want.UTF16 || utf8.RuneCountInString(text) != want.Codepoints {
			t.Errorf("ParseHTML(%q) = %q (%d units), Telegram has %q (%d units)", want.In, text, telegramtest.UTF16Len(text), want.Text, want.UTF16)
		}
		if diff := cmp.Diff(want.Entities, golden(entities)); diff != "" {
			t.Errorf("ParseHTML(%q): entities (-Telegram +ours):\n%s", want.In, diff)
		}
	}
}

func TestFindEntitiesIsTelegrams(t *testing.T) {
	for _, line := range strings.Split(strings.TrimSpace(string(telegramtest.SpecFile(t, "telegram-entities-golden.jsonl"))), "\n") {
		var want struct {
			In       string         `json:"in"`
			Entities []goldenEntity `json:"entities"`
		}
		if err := json.Unmarshal([]byte(line), &want); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want.Entities, golden(telegramtest.FindEntities(want.In))); diff != "" {
			t.Errorf("FindEntities(%q) (-Telegram +ours):\n%s", want.In, diff)
		}
	}
}
