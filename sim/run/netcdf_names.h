/* Names that the writer and the reader of netCDF files share. */
#ifndef HW_SIM_RUN_NETCDF_NAMES_H
#define HW_SIM_RUN_NETCDF_NAMES_H

#define HW_NETCDF_ENDS "bnds"      /* the dimension of two: where a span begins, where it ends */
#define HW_NETCDF_BOUNDS "_bounds" /* <axis>_bounds has them for an axis */

/* The group that holds the seal: in one of its own it is no variable that a reader of the tables meets. */
#define HW_NETCDF_SEAL_GROUP "homeward"

#endif
