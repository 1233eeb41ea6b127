# Timeline of releases, P10-P50-P90 by place, from the tables of `homeward summary RESULT --csv DIR`:
#   gnuplot -e "folder='DIR'; picture='timeline.svg'; headline='Great Return, baseline'; last='2046-01-01'" analysis/pictures/timeline.gp
# A bar that ends in an arrow reaches past the horizon: the release is censored there.
set datafile separator ','
set terminal svg size 940,760 dynamic font 'DejaVu Sans,12' background '#ffffff'
set output picture
table = folder . '/place_release.csv'

day(s) = strptime('%Y-%m-%d', s)
censored(s) = strlen(s) > 10
until(s) = censored(s) ? day(last) : day(s)

stats table using 0 skip 1 nooutput
places = STATS_records

set title headline . ": when is each place released? Bars from P10 to P90, dot at P50" offset 0,-0.3
set xdata time
set timefmt '%Y-%m-%d'
set format x '%Y'
set xrange ['2020-11-10':last]
set yrange [places - 0.4:-0.6] # the first place on top
set grid xtics back linetype 1 linewidth 1 linecolor '#cccccc'
set ytics nomirror out scale 0
set xtics '2020-01-01', 5 * 365.25 * 86400 nomirror
set mxtics 5
set border 1
set key below center horizontal samplen 2
set lmargin 32

row(n) = n
plot table using (until(strcol(2))):(row($0)):(until(strcol(10)) - until(strcol(2))):(0):ytic(1) skip 1 \
         with vectors nohead linewidth 9 linecolor '#9ecae1' title 'P10 to P90', \
     table using (censored(strcol(10)) ? day(last) - 86400*330 : NaN):(row($0)):(86400*320):(0) skip 1 \
         with vectors head filled size 86400*100,20 linewidth 3 linecolor '#08306b' title 'P90 after the horizon', \
     table using (censored(strcol(6)) ? NaN : day(strcol(6))):(row($0)) skip 1 \
         with points pointtype 7 pointsize 0.8 linecolor '#08306b' title 'P50'
