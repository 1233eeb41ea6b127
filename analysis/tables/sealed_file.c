/* Opens, checks, writes and publishes sealed files. */
#include "analysis/tables/sealed_file.h"
#include "sim/run/intake.h"
#include "sim/run/netcdf_read.h"
#include "sim/run/trouble.h"

bool hw_sealed_file_is(const char *path, const hw_sealed_kind *kind,
                       bool (*look)(hid_t file, const void *context), const void *context) {
    int32_t format = 0;
    bool is = false;
    H5E_BEGIN_TRY {
        hid_t file = hw_intake_is_sealed(path) ? hw_intake_open(path) : -1;
        if (file >= 0) {
            is = hw_netcdf_read_number(file, kind->format_name, H5T_NATIVE_INT32, &format) &&
                 (look == NULL || look(file, context));
            H5Fclose(file);
        }
    }
    H5E_END_TRY;
    return is;
}

hw_status hw_sealed_file_write(const char *path, const hw_sealed_kind *kind, const hw_output_format *format,
                               bool (*write)(hw_netcdf *netcdf, const void *context), const void *context,
                               const hw_output_rules *rules, hw_errors *errors) {
    hw_output_file file;
    hw_netcdf netcdf;
    hw_trouble trouble = {0};
    hw_status status = hw_output_open(&file, path, format, rules, errors);
    if (status != HW_OK) {
        return status;
    }
    bool created = hw_netcdf_create(&netcdf, file.temporary, HW_SEALED_RESULT, &trouble);
    bool good =
        created && hw_netcdf_text(netcdf.file, "Conventions", "CF-1.8") &&
        hw_netcdf_number(netcdf.file, kind->format_name, H5T_STD_I32LE, H5T_NATIVE_INT32, &kind->format) &&
        write(&netcdf, context);
    if (!good) {
        hw_trouble_note(&trouble, HW_ERROR_IO, 0, "cannot write %s", path);
    }
    if (created && !hw_netcdf_close(&netcdf)) {
        hw_trouble_note(&trouble, HW_ERROR_IO, 0, "cannot write %s", path);
    }
    if (trouble.status == HW_OK) {
        return hw_output_close(&file, errors);
    }
    hw_output_drop(&file);
    hw_errors_say(errors, "%s", trouble.text);
    return trouble.status;
}

hw_status hw_sealed_file_read(const char *path, const hw_sealed_kind *kind,
                              bool (*read)(hid_t file, void *context), void *context, hw_errors *errors) {
    hw_intake intake;
    int32_t format = 0;
    bool ours = false, good = false;
    if (!hw_intake_begin(&intake, path, HW_SEALED_ONLY, errors)) {
        hw_intake_end(&intake);
        return HW_ERROR_IO;
    }
    H5E_BEGIN_TRY {
        hid_t file = hw_intake_open(path);
        ours = file >= 0 && hw_netcdf_read_number(file, kind->format_name, H5T_NATIVE_INT32, &format) &&
               format == kind->format;
        good = ours && read(file, context);
        if (file >= 0) {
            H5Fclose(file);
        }
    }
    H5E_END_TRY;
    hw_intake_end(&intake);
    if (!good) {
        hw_errors_say(errors, "%s %s", path, ours ? kind->damaged : kind->not_ours);
    }
    return good ? HW_OK : ours ? HW_ERROR_IO : HW_ERROR_INPUT;
}
