/* The result of a sweep: HDF5 by the netCDF-4 conventions, readable with xarray; written under a temporary
 * name, sealed and renamed.
 *
 * Attributes of the file: Conventions, title, question, source, homeward_sweep_format (3), homeward_version,
 * model, design, digest (of all that was asked), seed, replications (of each point), confidence (0.95),
 * whole_outcome (1: with kept outcomes, and all of them), and `coordinates`, the names of the coordinates
 * along `point` below.
 *
 * Dimensions, each with its coordinate variable:
 *     point                number of the point, from 0; points of the first scenario first
 *     factor               names of the factors, in the order of the file
 *     case                 labels of the scenarios
 *     quantile             0.1, 0.5, 0.9
 *     by_date              each date asked for, as days since the start (absent when none was, or when no
 *                          output is a day)
 *     failure              numbers of points with failed replications, or that could not be run
 *     replication          only with kept outcomes
 *     and the axes of the outputs (place, district, ...)
 *
 * Along `point`:
 *     scenario             label of the case
 *     <factor>             its value: a number in its unit (dates: days since 1970-01-01), or a text
 *     sobol_row, sobol_block | morris_trajectory, morris_moved
 *                          place in the design, see analysis/designs
 *     unit_coordinate      (point, factor) place in the unit cube; NaN for points from a table
 *     replications_good, replications_failed
 *     horizon_day          days from the start to the end of the simulation
 *     <output>_mean        (point, axes of the output ...) mean; of a day: the restricted mean, in which what
 * did not happen counts as the horizon; else missing values are left out <output>_mean_error  half the width
 * of its 95 % interval (Monte Carlo error) <output>_sd          standard deviation of the same numbers
 *     <output>_missing     share of replications in which it is missing (a day: not by the horizon)
 *     <output>_quantile, <output>_quantile_low, <output>_quantile_high
 *                          (point, axes ..., quantile) with the order statistics around it (95 %); NaN: not
 * before the horizon, or too few replications to say <output>_by, <output>_by_error (point, axes ...,
 * by_date) of a day: probability that it has happened; half the width of the 95 % interval (Wilson) <output>,
 * good       (point, replication, axes ...) only with kept outcomes: every value (NaN: missing, or the
 *                          replication failed), and whether (point, replication) was good
 * A mean is NaN when a point has no good replication.
 *
 * Along `factor`: factor_path (the first), factor_paths (all that move together, one a line; absent in files
 * of older programs), factor_units ("1" when it is missing), factor_assumed (1: the scenario's value
 * is marked as assumed). Along `case`: case_scenario, the resolved scenario, and
 * case_values, its values as rows (sim/input/value_rows.h). Along `failure`:
 * failure_replication (-1: the point could not be run), failure_message: the first of each point. Texts:
 * sweep_file, the resolved design. */
#ifndef HW_SIM_RUN_SWEEP_STORE_H
#define HW_SIM_RUN_SWEEP_STORE_H

#include "sim/run/sweep.h"
#include "sim/run/trouble.h"

/* 3: case_values and whole_outcome are there; 1: axes of time and dates asked for were stamped with the day
 * after. All are read. */
enum { HW_SWEEP_FORMAT = 3, HW_SWEEP_FORMAT_OLDEST = 1 };

/* Assembles the result from the journals in the sweep's folder; by one rank. Afterwards the file is there,
 * whole and on the disk, or (with a trouble) what was there before is untouched. */
hw_status hw_sweep_store_write(const hw_sweep *sweep, hw_trouble *trouble);

#endif
