package main

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"math"
	"strings"
)

// The plot's measures, in pixels.
const (
	plotWidth, plotHeight    = 720, 460
	plotLeft, plotRight      = 74, 24 // the left holds the labels of precision
	plotTop, plotBottom      = 92, 58 // the top holds title and legend, the bottom the labels of the share answered
	plotAcross               = plotWidth - plotLeft - plotRight
	plotDown                 = plotHeight - plotTop - plotBottom
	plotLabel, plotLabelTall = 30, 14 // room of the label of a threshold
)

// plotColours are those of the curves: blue and orange, which the colour-blind tell apart.
var plotColours = [...]string{"#1f5fa8", "#c75f00"}

var plotTenths = [...]float64{0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1}

func plotX(answered float64) float64  { return plotLeft + answered*plotAcross }
func plotY(precision float64) float64 { return plotTop + (1-precision)*plotDown }

// drawSVG draws at most two curves as a picture that needs nothing else.
func drawSVG(curves []curve) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%[1]d" height="%d" role="img" font-family="system-ui, sans-serif" font-size="13" fill="#333">`+"\n",
		plotWidth, plotHeight)
	fmt.Fprintf(&b, "<title>Precision against the share of questions answered</title>\n<desc>")
	for i := range curves {
		escape(&b, curves[i].legend()+". ")
	}
	fmt.Fprintf(&b, "</desc>\n<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n", plotWidth, plotHeight)
	fmt.Fprintf(&b, `<text x="%d" y="28" font-size="17" font-weight="600">Precision against the share of questions answered</text>`+"\n", plotLeft)
	drawAxes(&b)
	for i := len(curves) - 1; i >= 0; i-- { // the first is on top
		drawLine(&b, &curves[i], plotColours[i])
	}
	var taken labels
	for i := range curves {
		drawLabels(&b, &curves[i], plotColours[i], &taken)
		y := 50 + 19*i
		fmt.Fprintf(&b, `<path d="%s" fill="%s"/><text x="%d" y="%d">`, diamond(plotLeft+6, float64(y)-4.5), plotColours[i], plotLeft+18, y)
		escape(&b, cut(curves[i].legend(), 92))
		b.WriteString("</text>\n")
	}
	b.WriteString("</svg>\n")
	return b.Bytes()
}

// drawAxes draws a grid of fifths with its labels.
func drawAxes(b *bytes.Buffer) {
	for i := range 6 {
		v := float64(i) / 5
		fmt.Fprintf(b, `<path d="M%d %.1fH%d" stroke="#e3e3e3"/>`, plotLeft, plotY(v), plotWidth-plotRight)
		fmt.Fprintf(b, `<text x="%d" y="%.1f" text-anchor="end">%d%%</text>`+"\n", plotLeft-8, plotY(v)+4.5, 20*i)
		fmt.Fprintf(b, `<path d="M%.1f %dV%d" stroke="#e3e3e3"/>`, plotX(v), plotTop, plotHeight-plotBottom)
		fmt.Fprintf(b, `<text x="%.1f" y="%d" text-anchor="middle">%d%%</text>`+"\n", plotX(v), plotHeight-plotBottom+19, 20*i)
	}
	fmt.Fprintf(b, `<path d="M%d %dV%dH%d" fill="none" stroke="#777"/>`+"\n", plotLeft, plotTop, plotHeight-plotBottom, plotWidth-plotRight)
	fmt.Fprintf(b, `<text x="%d" y="%d" text-anchor="middle">questions answered, of all (numbers at the curve: thresholds)</text>`+"\n", plotLeft+plotAcross/2, plotHeight-14)
	fmt.Fprintf(b, `<text transform="translate(22 %d) rotate(-90)" text-anchor="middle">right, of the answered (precision)</text>`+"\n", plotTop+plotDown/2)
}

// drawLine draws a curve, a dot at every tenth of the threshold, and the mark of the shipped one.
func drawLine(b *bytes.Buffer, c *curve, colour string) {
	if len(c.points) == 0 {
		return
	}
	b.WriteString(`<path d="`)
	pen := byte('M')
	for i, p := range c.points {
		// One point a pixel is enough; the last of them stands for all.
		if i+1 < len(c.points) && math.Floor(plotX(c.points[i+1].answered)) == math.Floor(plotX(p.answered)) {
			continue
		}
		fmt.Fprintf(b, "%c%.1f %.1f", pen, plotX(p.answered), plotY(p.precision))
		pen = 'L'
	}
	fmt.Fprintf(b, `" fill="none" stroke="%s" stroke-width="2" stroke-linejoin="round"/>`+"\n", colour)
	for _, threshold := range plotTenths {
		if p, ok := c.at(threshold); ok && threshold != c.shipped {
			fmt.Fprintf(b, `<circle cx="%.1f" cy="%.1f" r="3" fill="%s"/>`+"\n", plotX(p.answered), plotY(p.precision), colour)
		}
	}
	if p, ok := c.at(c.shipped); ok {
		fmt.Fprintf(b, `<path d="%s" fill="%s" stroke="#fff"/>`+"\n", diamond(plotX(p.answered), plotY(p.precision)), colour)
	}
}

// drawLabels writes the thresholds. The shipped one takes its room first.
func drawLabels(b *bytes.Buffer, c *curve, colour string, taken *labels) {
	if p, ok := c.at(c.shipped); ok {
		drawLabel(b, p, c.shipped, "600", colour, taken)
	}
	for _, threshold := range plotTenths {
		if p, ok := c.at(threshold); ok && threshold != c.shipped {
			drawLabel(b, p, threshold, "400", colour, taken)
		}
	}
}

// labels are the middles of those that were drawn.
type labels [][2]float64

// drawLabel writes a threshold above or below its point, or not at all where neither has room.
func drawLabel(b *bytes.Buffer, p point, threshold float64, weight, colour string, taken *labels) {
	x := min(max(plotX(p.answered), plotLeft+plotLabel/2), plotWidth-plotRight-plotLabel/2)
	for _, y := range []float64{plotY(p.precision) - 16, plotY(p.precision) + 16} {
		if y < plotTop+plotLabelTall/2 || y > plotHeight-plotBottom-plotLabelTall/2 {
			continue
		}
		free := true
		for _, other := range *taken {
			free = free && (math.Abs(other[0]-x) >= plotLabel || math.Abs(other[1]-y) >= plotLabelTall)
		}
		if free {
			*taken = append(*taken, [2]float64{x, y})
			fmt.Fprintf(b, `<text x="%.1f" y="%.1f" text-anchor="middle" font-size="12" font-weight="%s" fill="%s" stroke="#fff" stroke-width="4" paint-order="stroke">%.2g</text>`+"\n",
				x, y+4, weight, colour, threshold)
			return
		}
	}
}

// diamond is the mark of the shipped threshold, as a path.
func diamond(x, y float64) string { return fmt.Sprintf("M%.1f %.1fl6 6l-6 6l-6 -6z", x, y-6) }

// escape writes text into XML.
func escape(b *bytes.Buffer, text string) {
	_ = xml.EscapeText(b, []byte(text)) // a buffer takes everything
}

// drawText draws at most two curves with characters, on a terminal of width columns (0: unknown).
func drawText(b *bytes.Buffer, curves []curve, width int) {
	const left, rows = 7, 16
	columns := 60
	if width > 0 {
		columns = min(max(width-left-1, 20), 72)
	}
	grid := make([][]rune, rows+1)
	for i := range grid {
		grid[i] = []rune(strings.Repeat(" ", columns+1))
	}
	row := func(precision float64) int { return int(math.Round((1 - precision) * rows)) }
	b.WriteString("\nPrecision against the share of questions answered:\n")
	marks := [...][2]rune{{'•', '◆'}, {'∘', '◇'}}
	for i := len(curves) - 1; i >= 0; i-- { // the first is on top
		for x := range columns + 1 {
			if precision, ok := curves[i].precision(float64(x) / float64(columns)); ok {
				grid[row(precision)][x] = marks[i][0]
			}
		}
	}
	for i := len(curves) - 1; i >= 0; i-- {
		if p, ok := curves[i].at(curves[i].shipped); ok {
			grid[row(p.precision)][int(math.Round(p.answered*float64(columns)))] = marks[i][1]
		}
	}
	for i, line := range grid {
		label := ""
		if i%4 == 0 {
			label = fmt.Sprintf("%d%%", 100-100*i/rows)
		}
		fmt.Fprintf(b, "%5s │%s\n", label, strings.TrimRight(string(line), " "))
	}
	fmt.Fprintf(b, "      └%s\n       0%%%s100%%  answered\n", strings.Repeat("─", columns+1), strings.Repeat(" ", columns-5))
	for i := range curves {
		fmt.Fprintf(b, "  %c %s\n", marks[i][1], curves[i].legend())
	}
}
