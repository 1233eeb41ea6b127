/* How many elements an array has. Not for pointers: gcc warns where one is given. */
#ifndef HW_SIM_LENGTH_H
#define HW_SIM_LENGTH_H

#include <stdint.h>

#define HW_LENGTH(array) ((uint32_t)(sizeof(array) / sizeof((array)[0])))

#endif
