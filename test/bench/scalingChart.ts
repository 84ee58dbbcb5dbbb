import { LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TitleComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

/** Cost against one quantity, a line for each family. */
export interface Panel {
  readonly title: string;
  readonly lines: readonly {
    readonly name: string;
    readonly points: readonly (readonly [number, number])[];
  }[];
}

echarts.use([LineChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer]);

const size = { width: 960, height: 720 };
const colours = ['#0072b2', '#d55e00', '#009e73'];
const symbols = ['circle', 'triangle', 'rect'];

/** Panels two by two, both axes logarithmic, as SVG. */
export function scalingChart(panels: readonly Panel[]): string {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, ...size });
  const place = (i: number) => ({
    left: i % 2 === 0 ? '7%' : '56%',
    width: '38%',
    top: i < 2 ? '10%' : '57%',
    height: '32%',
  });
  chart.setOption({
    animation: false,
    textStyle: { fontFamily: 'sans-serif', fontSize: 13 },
    legend: { top: 0, data: panels[0].lines.map(({ name }) => name) },
    grid: panels.map((_, i) => place(i)),
    xAxis: panels.map(({ title, lines }, gridIndex) => ({
      type: 'log',
      logBase: title === 'rows' ? 10 : 2,
      gridIndex,
      name: title,
      nameLocation: 'middle',
      nameGap: 28,
      min: lines[0].points[0][0],
      max: Math.max(2, lines[0].points[lines[0].points.length - 1][0]),
    })),
    yAxis: panels.map((_, gridIndex) => ({
      type: 'log',
      gridIndex,
      name: gridIndex % 2 === 0 ? 'ms an iteration' : '',
    })),
    series: panels.flatMap(({ lines }, i) =>
      lines.map(({ name, points }, line) => ({
        type: 'line',
        name,
        xAxisIndex: i,
        yAxisIndex: i,
        data: points.map((point) => [...point]),
        symbol: symbols[line],
        symbolSize: 7,
        color: colours[line],
      })),
    ),
  });
  const picture = chart.renderToSVGString();
  // Its clock would keep the process alive.
  chart.dispose();
  return picture;
}
