"""The outlines in the program are those of the GeoJSON file, as analysis/data/shapes.py makes them.

Arguments: the program, the source folder."""
import pathlib
import subprocess
import sys

analysis = pathlib.Path(sys.argv[2]) / "analysis"
made = subprocess.run([sys.executable, analysis / "data/shapes.py", analysis / "data/azerbaijan-districts.geojson"],
                      capture_output=True, text=True, encoding="utf-8", check=True, timeout=120).stdout
if made != (analysis / "pictures/district_shapes.c").read_text(encoding="utf-8"):
    sys.exit("analysis/pictures/district_shapes.c is not what analysis/data/shapes.py makes: run it again")
